"""Plain data of the demonstration district. Every name, address and number is invented; domains end in .example."""

from typing import Any

# one row a line
# fmt: off

DISTRICT = {
    "name": "Cedar Valley Public Schools",
    "slug": "demo",
    "state": "OK",
    "time_zone": "America/Chicago",
    "postal_address": "400 Redbud Avenue, Cedar Valley, OK 74834",
    "phone": "(555) 014-2000",
    "website": "https://cedarvalley.example",
    "mail_from_name": "Cedar Valley Work-Based Learning",
    "public_contact": "The office of work-based learning",
    "public_email": "wbl@cedarvalley.example",
    "public_phone": "(555) 014-2010",
}

REGION = {
    "name": "North Central Region",
    "slug": "demo-region",
    "state": "OK",
    "time_zone": "America/Chicago",
    "postal_address": "12 County Road, Cedar Valley, OK 74834",
}

SCHOOLS = (
    ("Cedar Valley High School", "400 Redbud Avenue, Cedar Valley, OK 74834"),
    ("Northside High School", "1900 North Kiowa Street, Prairie Lane, OK 74881"),
    ("Stillhouse Creek Technology Center", "77 Creek Road, Stillhouse Creek, OK 74079"),
)

# key, name, goes by, role, title, school
PEOPLE = (
    ("marisol", "Marisol Tate", "", "coordinator", "Work-based learning coordinator", None),
    ("ben", "Ben Oakes", "", "coordinator", "Partnership coordinator", None),
    ("ada", "Adaline Reyes", "Ada", "admin", "Director of career education", None),
    ("tom", "Tom Reyes", "", "staff", "Manufacturing teacher", "Cedar Valley High School"),
    ("vera", "Vera Lindholm", "", "viewer", "Board member", None),
)

# invented towns, on ZIPs that a map knows
TOWNS = {
    "74834": "Cedar Valley",
    "74881": "Prairie Lane",
    "74079": "Stillhouse Creek",
    "74026": "Redbud Springs",
    "74875": "Silo Junction",
    "74023": "Kestrel Field",
    "74855": "Nine Mile",
    "74869": "Osage Quarry",
    "74832": "Windy Gap",
    "74864": "Three Ranches",
    "74059": "Fort Amity",
}

# name; kind; stage; owner; industry, NAICS; people employed; street, ZIP; domain; days since last contact (None: never); tags
PARTNERS = (
    ("Bluestem Veterinary Clinic", "employer", "active", "marisol", "Veterinary services", "541940", 14, "210 Prairie Lane", "74881", "bluestem", 12, ["health"]),
    ("Brightwater Logistics", "employer", "active", "ben", "Freight and warehousing", "493110", 120, "8 Depot Road", "74079", "brightwater", 10, []),
    ("Cedar Valley Chamber of Commerce", "intermediary", "active", "marisol", "Business association", "813910", 6, "1 Main Street", "74834", "cvchamber", 7, []),
    ("Cedar Valley Fire Department", "community", "committed", "ben", "Fire protection", "922160", 48, "300 Main Street", "74834", "cvfire", 19, ["public safety"]),
    ("City of Cedar Valley, Public Works", "community", "meeting", "ben", "City government", "921190", 95, "310 Main Street", "74834", "cvcity", 21, []),
    ("Cottonwood Senior Living", "employer", "contacted", "marisol", "Assisted living", "623312", 64, "55 Cottonwood Drive", "74026", "cottonwood", 20, ["health"]),
    ("Delgado & Sons Heating and Air", "employer", "paused", "marisol", "Heating and cooling", "238220", 11, "19 Sycamore Street", "74834", "delgado", 182, []),
    ("Electrical Workers Local 1147", "labor", "meeting", "ben", "Labor union", "813930", 4, "82 Union Avenue", "74834", "local1147", 58, []),
    ("Fort Amity Museum", "community", "contacted", "ben", "Museum", "712110", 9, "Fort Road", "74059", "fortamity", 33, []),
    ("Halvorsen Machine & Tool", "employer", "champion", "marisol", "Machine shop", "332710", 38, "2210 Kiowa Street", "74834", "halvorsen", 9, ["manufacturing"]),
    ("Halverson Machine and Tool LLC", "employer", "prospect", None, "", "", None, "2210 Kiowa St", "74834", "", None, ["chamber list"]),
    ("Harvest Table Foods", "employer", "contacted", "ben", "Food processing", "311991", 210, "4 Silo Road", "74875", "harvesttable", 27, ["manufacturing"]),
    ("Ironwood Welding & Fabrication", "employer", "active", "marisol", "Structural metal", "332312", 22, "90 Forge Street", "74834", "ironwood", 8, ["manufacturing"]),
    ("Kestrel Hydraulics", "employer", "prospect", "marisol", "Hydraulic pumps", "333996", 45, "12 Airport Road", "74023", "kestrelhydraulics", None, ["referral"]),
    ("Kiowa Street Print & Sign", "employer", "active", "ben", "Commercial printing", "323111", 8, "1420 Kiowa Street", "74834", "kiowaprint", 16, []),
    ("Larkspur Bakery", "employer", "prospect", None, "Bakery", "311811", 7, "5 Market Square", "74834", "larkspur", None, []),
    ("Lindqvist Electric", "employer", "active", "marisol", "Electrical contractor", "238210", 31, "61 Copper Street", "74834", "lindqvist", 14, ["construction"]),
    ("Meridian Home Health", "employer", "committed", "marisol", "Home health care", "621610", 77, "700 Clinic Drive", "74026", "meridianhome", 6, ["health"]),
    ("Nguyen Auto Collision", "employer", "meeting", "ben", "Auto body repair", "811121", 12, "33 Route 9", "74855", "nguyenauto", 13, []),
    ("North Central Workforce Board", "intermediary", "active", "marisol", "Workforce board", "923110", 17, "15 Courthouse Square", "74834", "ncworkforce", 15, []),
    ("Okafor Family Dental", "employer", "active", "marisol", "Dental office", "621210", 9, "48 Elm Street", "74834", "okafordental", 22, ["health"]),
    ("Osage Plains Tile", "employer", "declined", "ben", "Flooring", "238330", 5, "7 Quarry Road", "74869", "osagetile", 140, []),
    ("Painted Rock Aviation", "employer", "committed", "marisol", "Aircraft maintenance", "488190", 26, "Hangar 4, Airport Road", "74023", "paintedrock", 6, []),
    ("Plains Rural Health Network", "employer", "prospect", "marisol", "Clinics", "621498", 150, "900 Clinic Drive", "74026", "plainsrural", None, ["referral"]),
    ("Plainsong Radio KCVX", "employer", "contacted", "ben", "Radio station", "516110", 6, "2 Tower Hill", "74834", "kcvx", 34, []),
    ("Prairie Wind Energy Services", "employer", "active", "ben", "Wind turbine service", "811310", 29, "County Road 12", "74832", "prairiewind", 6, ["energy"]),
    ("Pruitt Family Ranch", "employer", "paused", "marisol", "Cattle ranch", "112111", 4, "Ranch Road 3", "74864", "pruittranch", 230, []),
    ("Redbed Software Cooperative", "employer", "meeting", "ben", "Software", "541511", 12, "9 Loft Street", "74834", "redbed", 13, []),
    ("Redbud Regional Medical Center", "employer", "active", "marisol", "Hospital", "622110", 640, "1000 Clinic Drive", "74026", "redbudregional", 9, ["health"]),
    ("Rolling Plains Telephone", "employer", "contacted", "ben", "Telephone cooperative", "517111", 33, "70 Exchange Street", "74834", "rollingplains", 41, []),
    ("Sandhill Veterinary Supply", "employer", "prospect", None, "Veterinary supplies", "423450", 13, "22 Prairie Lane", "74881", "sandhill", None, []),
    ("Second Start Community Services", "community", "active", "marisol", "Social services", "624190", 19, "40 Hope Street", "74834", "secondstart", 18, []),
    ("Stillhouse Creek College", "education", "active", "marisol", "Community college", "611210", 180, "100 College Way", "74834", "stillhousecollege", 12, []),
    ("Sunflower Early Learning", "employer", "committed", "ben", "Child care", "624410", 24, "16 Garden Street", "74834", "sunflowerearly", 11, []),
    ("Tallgrass Credit Union", "employer", "active", "marisol", "Credit union", "522130", 41, "200 Main Street", "74834", "tallgrasscu", 9, []),
    ("Three Rivers Concrete", "employer", "contacted", "ben", "Ready-mix concrete", "327320", 37, "Plant Road", "74855", "threeriversconcrete", 8, []),
    ("Timber Ridge Builders", "employer", "active", "ben", "Home building", "236115", 18, "5 Lumber Lane", "74834", "timberridge", 17, ["construction"]),
    ("Valley Transit Authority", "community", "meeting", "ben", "Bus service", "485113", 52, "1 Station Plaza", "74834", "valleytransit", 24, []),
    ("Wheatfield Press", "employer", "declined", "marisol", "Newspaper", "513110", 10, "12 Main Street", "74834", "wheatfieldpress", 96, []),
    ("Willow Bend Pharmacy", "employer", "active", "marisol", "Pharmacy", "456110", 11, "90 Elm Street", "74834", "willowbend", 101, ["health"]),
)

# partner: (name, title, prefers, best time, class of)
CONTACTS = {
    "Bluestem Veterinary Clinic": (("Hana Brandt", "Practice manager", "email", "", None),),
    "Brightwater Logistics": (("Deb Yost", "Shift lead, confirms hours", "email", "", None), ("Hank Orr", "Operations", "phone", "afternoons", 2003)),
    "Cedar Valley Chamber of Commerce": (("Noreen Castle", "Executive director", "email", "", 1989),),
    "Cedar Valley Fire Department": (("Luis Moreno", "Training captain", "email", "", None),),
    "City of Cedar Valley, Public Works": (("Greta Paulsen", "Deputy director", "email", "", None),),
    "Cottonwood Senior Living": (("Renata Boyle", "Activities director", "phone", "before 10 am", None),),
    "Delgado & Sons Heating and Air": (("Raul Delgado", "Owner", "phone", "after 5 pm", 1995),),
    "Electrical Workers Local 1147": (("Curtis Webb", "Business agent", "phone", "", None),),
    "Fort Amity Museum": (("Odette Marsh", "Curator of education", "email", "", None),),
    "Halvorsen Machine & Tool": (("Ray Halvorsen", "Owner, council member", "phone", "before 9 am", 1994), ("Ingrid Sole", "Shop lead, supervises students", "text", "", None), ("Pat Umber", "Payroll, confirms hours", "email", "", None)),
    "Harvest Table Foods": (("Carla Mbeki", "Plant manager", "email", "", None),),
    "Ironwood Welding & Fabrication": (("Lou Ferrante", "Owner", "email", "", None),),
    "Kestrel Hydraulics": (("Bea Lund", "Human resources", "email", "", None),),
    "Kiowa Street Print & Sign": (("Amos Reed", "Owner", "email", "", 2001),),
    "Lindqvist Electric": (("Vern Lindqvist", "Owner", "email", "", None),),
    "Meridian Home Health": (("Dana Cho", "Clinical supervisor", "email", "", None),),
    "Nguyen Auto Collision": (("Nadia Nguyen", "Manager", "email", "", 2012),),
    "North Central Workforce Board": (("Anita Gourd", "Business services", "email", "", None),),
    "Okafor Family Dental": (("Chidi Okafor", "Dentist", "email", "", None),),
    "Painted Rock Aviation": (("Wes Tallman", "Director of maintenance", "email", "", None),),
    "Plains Rural Health Network": (("Amy Strand", "Chief medical officer", "email", "", None),),
    "Plainsong Radio KCVX": (("Joy Fenn", "Station manager", "email", "", None),),
    "Prairie Wind Energy Services": (("Miles Quist", "Site supervisor", "email", "", None),),
    "Pruitt Family Ranch": (("Sam Pruitt", "Rancher", "phone", "evenings", None),),
    "Redbed Software Cooperative": (("Priya Raman", "Member", "email", "", None),),
    "Redbud Regional Medical Center": (("Ellen Haddad", "Education coordinator", "email", "", None), ("Joel Pike", "Volunteer office", "email", "", None)),
    "Rolling Plains Telephone": (("Marge Tillis", "Office manager", "email", "", None),),
    "Second Start Community Services": (("Faye Holloway", "Program director", "email", "", None),),
    "Stillhouse Creek College": (("Gordon Ames", "Dean of technology", "email", "", None),),
    "Sunflower Early Learning": (("Lucía Campos", "Director", "email", "", None),),
    "Tallgrass Credit Union": (("Irene Stoddard", "Branch manager", "email", "", 1999),),
    "Three Rivers Concrete": (("Joy Pruitt", "Office", "email", "", None),),
    "Timber Ridge Builders": (("Caleb Ross", "Superintendent", "text", "", None),),
    "Valley Transit Authority": (("Opal Greene", "Human resources", "email", "", None),),
    "Willow Bend Pharmacy": (("Sunil Mehta", "Pharmacist", "email", "", None),),
}

# partner: (type, times, per, students each time, months, youngest age, place, limits, more on when)
OFFERS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "Halvorsen Machine & Tool": (("tour", 2, "year", 24, [3, 4, 5, 9, 10, 11], 14, "site", "Closed shoes", ""), ("speaker", 3, "year", None, [], None, "school", "Within 20 miles", "Tuesdays"), ("job_shadow", 1, "semester", 5, [9], None, "site", "Grades 10–12, morning shift", ""), ("mock_interview", 1, "year", 2, [3, 4, 5], None, "site", "", ""), ("internship", 1, "semester", 1, [1], 16, "site", "From $16.00 an hour", "")),
    "Redbud Regional Medical Center": (("tour", 1, "semester", 24, [10], None, "site", "Immunization record", ""), ("job_shadow", 1, "month", 4, [], 16, "site", "", ""), ("clinical", 1, "semester", 6, [1], None, "site", "Program students", ""), ("speaker", 2, "year", None, [], None, "school", "", "")),
    "Bluestem Veterinary Clinic": (("internship", 1, "semester", 1, [3, 4, 5], 16, "site", "", ""), ("job_shadow", 2, "year", 2, [], None, "site", "", "")),
    "Brightwater Logistics": (("tour", 1, "year", 20, [], None, "site", "Safety vests given", ""), ("internship", 1, "year", 2, [6, 7], 16, "site", "No forklifts", "")),
    "Ironwood Welding & Fabrication": (("internship", 1, "year", 1, [9, 10, 11], 16, "site", "", ""), ("project", 1, "year", 12, [3, 4, 5], None, "", "", "")),
    "Lindqvist Electric": (("pre_apprenticeship", 1, "year", 2, [6, 7], 16, "site", "", ""), ("speaker", 2, "year", None, [], None, "school", "", "")),
    "Tallgrass Credit Union": (("mock_interview", 2, "year", 12, [11], None, "school", "", ""), ("speaker", 2, "year", None, [], None, "school", "", "")),
    "Prairie Wind Energy Services": (("tour", 1, "year", 15, [4], None, "site", "Boots and long sleeves", ""), ("speaker", 1, "year", None, [], None, "school", "", "")),
    "Meridian Home Health": (("job_shadow", 4, "year", 1, [], 16, "site", "", ""),),
    "Kiowa Street Print & Sign": (("internship", 1, "year", 1, [1], None, "site", "", ""), ("project", 1, "year", 6, [], None, "", "", "")),
    "Okafor Family Dental": (("job_shadow", 2, "year", 1, [], None, "site", "", ""), ("speaker", 1, "year", None, [], None, "school", "", "")),
    "Painted Rock Aviation": (("tour", 1, "year", 18, [5], None, "site", "Hearing protection given", ""),),
    "Stillhouse Creek College": (("tour", 2, "year", 40, [], None, "site", "", ""), ("project", 1, "year", 20, [], None, "", "", "")),
    "Timber Ridge Builders": (("youth_apprenticeship", 1, "year", 2, [6, 7], 16, "site", "No roofing", ""),),
}

# partner; kind; days ago; who; what was said; asked for; answer
HISTORY = (
    ("Halvorsen Machine & Tool", "call", 9, "marisol", "The new five-axis mill arrives in December. Would rather have one student for a whole semester than two for six weeks.", "internship", "yes"),
    ("Halvorsen Machine & Tool", "mail_in", 16, None, "The two from the shadow day asked better questions than half my applicants. Send more like that.", "", ""),
    ("Halvorsen Machine & Tool", "visit", 48, "tom", "Walked the shop with Ingrid; guards on both mills are in place.", "", ""),
    ("Halvorsen Machine & Tool", "referral", 55, "marisol", "Introduced Ironwood Welding & Fabrication: Ray wrote to Lou Ferrante.", "", ""),
    ("Halvorsen Machine & Tool", "call", 190, "marisol", "Glad to host a tour in fall, two groups of twelve.", "tour", "yes"),
    ("Halvorsen Machine & Tool", "meeting", 300, "marisol", "Agreed on one intern for spring.", "internship", "yes"),
    ("Cottonwood Senior Living", "call", 20, "marisol", "Renata asked for six dates for job shadows; will choose two.", "job_shadow", "later"),
    ("Tallgrass Credit Union", "email", 9, "marisol", "Two mock-interview judges for November 12?", "mock_interview", ""),
    ("Meridian Home Health", "call", 6, "marisol", "Four job shadows, one at a time, from February.", "job_shadow", "yes"),
    ("Prairie Wind Energy Services", "mail_in", 6, None, "Could we host the tour on the 6th rather than the 5th? Same number of students.", "", ""),
    ("Three Rivers Concrete", "email", 8, "ben", "Asked whether they would come to the career fair in spring.", "career_fair", ""),
    ("Delgado & Sons Heating and Air", "call", 182, "marisol", "Spring rush. “Call again in fall.”", "internship", "later"),
    ("Osage Plains Tile", "call", 140, "ben", "No capacity for students; the owner retires next year.", "internship", "no"),
    ("Redbud Regional Medical Center", "visit", 9, "marisol", "Toured the new imaging wing; 24 seats for the spring tour.", "tour", "yes"),
    ("Redbud Regional Medical Center", "meeting", 75, "marisol", "Clinical rotation for six students agreed with Ellen.", "clinical", "yes"),
    ("North Central Workforce Board", "video", 15, "marisol", "Anita will send the regional wage table.", "", ""),
    ("Bluestem Veterinary Clinic", "call", 12, "marisol", "One spring intern, mornings.", "internship", "yes"),
    ("Brightwater Logistics", "email", 10, "ben", "Chased 41 hours for two students.", "", ""),
    ("Ironwood Welding & Fabrication", "visit", 8, "tom", "First visit on site; agreement goes to Lou again.", "", ""),
    ("Lindqvist Electric", "call", 14, "marisol", "The insurance certificate is renewed in December.", "", ""),
)

# partner; kind; title; starts and ends, in days from today; renews itself; days of notice; note
DOCUMENTS = (
    ("Halvorsen Machine & Tool", "mou", "Partnership agreement", -320, 45, True, 30, "Renews for a year at a time"),
    ("Halvorsen Machine & Tool", "insurance", "", -180, 185, False, None, "General liability"),
    ("Lindqvist Electric", "insurance", "", -340, 24, False, None, "Renewed every December"),
    ("Redbud Regional Medical Center", "mou", "Clinical agreement", -200, 530, False, None, ""),
    ("Brightwater Logistics", "insurance", "", -380, -6, False, None, ""),
    ("Sunflower Early Learning", "background", "", -300, 65, False, None, ""),
)

# partner; stages it went through, with days ago; the last is where it stands
MOVES_OF_STAGE = (
    ("Halvorsen Machine & Tool", (("contacted", 380), ("meeting", 350), ("committed", 320), ("active", 280), ("champion", 60))),
    ("Redbud Regional Medical Center", (("contacted", 200), ("meeting", 150), ("active", 75))),
    ("Ironwood Welding & Fabrication", (("contacted", 54), ("meeting", 40), ("committed", 25), ("active", 15))),
    ("Tallgrass Credit Union", (("contacted", 120), ("meeting", 100), ("active", 70))),
    ("Prairie Wind Energy Services", (("contacted", 90), ("committed", 60), ("active", 30))),
    ("Meridian Home Health", (("contacted", 45), ("meeting", 20), ("committed", 6))),
    ("Osage Plains Tile", (("contacted", 170), ("declined", 140))),
    ("Delgado & Sons Heating and Air", (("contacted", 240), ("active", 220), ("paused", 182))),
)

# partner; why it is paused or declined; look again in so many days
REASONS = (
    ("Delgado & Sons Heating and Air", "Spring rush; call again in fall", 10),
    ("Pruitt Family Ranch", "Calving season", 95),
    ("Osage Plains Tile", "The owner retires next year", None),
    ("Wheatfield Press", "No staff to look after a student", 200),
)

# kind of intermediary
SUBKINDS = {"Cedar Valley Chamber of Commerce": "chamber", "North Central Workforce Board": "workforce"}

# partner, its parent company
PARENTS = (("Bluestem Veterinary Clinic", "Sandhill Veterinary Supply"), ("Plains Rural Health Network", "Redbud Regional Medical Center"))

# partner; channel; who referred it: a partner, or words
REFERRED = (
    ("Ironwood Welding & Fabrication", "council", "Halvorsen Machine & Tool"),
    ("Kestrel Hydraulics", "council", "Halvorsen Machine & Tool"),
    ("Plains Rural Health Network", "council", "Redbud Regional Medical Center"),
    ("Tallgrass Credit Union", "intermediary", "Cedar Valley Chamber of Commerce"),
    ("Prairie Wind Energy Services", "intermediary", "North Central Workforce Board"),
    ("Nguyen Auto Collision", "alumni", "Nadia Nguyen, class of 2012"),
    ("Brightwater Logistics", "event", "Fall job fair"),
    ("Willow Bend Pharmacy", "self", ""),
)

# who, from which partner, to which, as what, days ago
MOVES = (("Hank Orr", "Brightwater Logistics", "Prairie Wind Energy Services", "Logistics lead", 70),)

# partner, begun so many days ago: their onboarding goes on
ONBOARDING = (
    ("Cedar Valley Fire Department", 10),
    ("Meridian Home Health", 20),
    ("Painted Rock Aviation", 3),
    ("Halvorsen Machine & Tool", 25),
)

# partner, activity, days until it comes back, why not now
PUT_OFF = (
    ("Tallgrass Credit Union", "internship", 75, "After the branch has moved"),
    ("Bluestem Veterinary Clinic", "speaker", 0, "When the new veterinarian has settled in"),
)

# partner, the entry, what happened
WENT_BADLY = (
    ("Brightwater Logistics", "Chased 41 hours for two students.", "They felt hurried; let two months pass before asking again."),
)

# partner, activity, for which school, why although they had been asked lately
ASKED_FOR = (
    ("Halvorsen Machine & Tool", "internship", "Cedar Valley High School", ""),
    ("Halvorsen Machine & Tool", "tour", "Northside High School", ""),
    ("Meridian Home Health", "job_shadow", "Northside High School", "They called and offered it"),
    ("Tallgrass Credit Union", "mock_interview", "Cedar Valley High School", ""),
    ("Redbud Regional Medical Center", "clinical", "Stillhouse Creek Technology Center", ""),
)

# title; partner; person; days from today; owner; kind
TODOS = (
    ("Call back about job shadows", "Cottonwood Senior Living", "Renata Boyle", -9, "marisol", "call"),
    ("Answer: the tour on the 6th?", "Prairie Wind Energy Services", "Miles Quist", -1, "marisol", "task"),
    ("Ask for the new insurance certificate", "Lindqvist Electric", "Vern Lindqvist", -1, "marisol", "task"),
    ("Ask for a January intern", "Halvorsen Machine & Tool", "Ray Halvorsen", 0, "marisol", "call"),
    ("Call again in fall", "Delgado & Sons Heating and Air", "Raul Delgado", 0, "marisol", "call"),
    ("Invite Dr. Strand to the health council", "Plains Rural Health Network", "Amy Strand", 0, "marisol", "task"),
    ("Follow up about the spring intern", "Bluestem Veterinary Clinic", "Hana Brandt", 3, "marisol", "follow_up"),
    ("Follow up about four shadow days", "Meridian Home Health", "Dana Cho", 6, "marisol", "follow_up"),
    ("Thank for the introductions", "Cedar Valley Chamber of Commerce", "Noreen Castle", 2, "marisol", "task"),
    ("Follow up about the judges in November", "Tallgrass Credit Union", "Irene Stoddard", 1, "marisol", "follow_up"),
    ("Renew the council term", "Okafor Family Dental", "Chidi Okafor", 4, "marisol", "task"),
    ("First hello", "Kestrel Hydraulics", "Bea Lund", 5, "marisol", "task"),
    ("Send the job description", "City of Cedar Valley, Public Works", "Greta Paulsen", 4, "ben", "task"),
    ("Chase 41 hours", "Brightwater Logistics", "Deb Yost", 0, "ben", "task"),
    ("Follow up about the tour safety sheet", "Harvest Table Foods", "Carla Mbeki", 7, "ben", "follow_up"),
    ("Coffee", "Nguyen Auto Collision", "Nadia Nguyen", 5, "ben", "task"),
    ("Mail bounced: call the office", "Three Rivers Concrete", "Joy Pruitt", 0, "ben", "call"),
)
