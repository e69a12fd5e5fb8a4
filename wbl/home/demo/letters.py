"""What the demonstration district's announcements say, and what came back. All of it is invented."""

# days ago it went out (None: a draft); by; stages of the partners; subject; text; Spanish subject and text
MAILINGS = (
    (
        24,
        "ben",
        ("champion", "active"),
        "What your students did this fall",
        (
            "Hello {{ contact.called }},\n\nforty-one students stood beside people who do the work. **Thank you** for being one of "
            "them, {{ organization.name }}.\n\n{{ owner.name|Your coordinator }}"
        ),
        "",
        "",
    ),
    (
        12,
        "marisol",
        ("champion", "active"),
        "Career week: January 25 to 29",
        (
            "Hello {{ contact.called }},\n\ncareer week comes back in January. Put it down now, we ask you for nothing yet:\n\n"
            "- Monday, tours\n- Wednesday, speakers\n- Friday, mock interviews\n\n{{ owner.name|Your coordinator }}"
        ),
        "",
        "",
    ),
    (
        4,
        "marisol",
        ("champion", "active", "committed", "meeting", "prospect"),
        "Winter newsletter of work-based learning",
        (
            "Hello {{ contact.called }},\n\nthe new five-axis mill at Halvorsen, two students in white coats, and what the council "
            "asked for. It takes **two minutes** to read.\n\n{{ owner.name|Your coordinator }}\n{{ district.name }}"
        ),
        "Boletín de invierno del aprendizaje en el trabajo",
        (
            "Hola, {{ contact.called }}:\n\nel nuevo torno de cinco ejes, dos estudiantes con bata blanca y lo que pidió el consejo. "
            "Se lee en **dos minutos**.\n\n{{ owner.name|Su coordinador }}\n{{ district.name }}"
        ),
    ),
    (
        None,
        "marisol",
        ("champion", "active", "committed"),
        "Who can take a student in the spring?",
        (
            "Hello {{ contact.called }},\n\nnineteen students still look for a place from March on. Could {{ organization.name }} take "
            "one for two weeks? A line in answer is enough.\n\n{{ owner.name|Your coordinator }}"
        ),
        "¿Quién puede recibir a un estudiante en primavera?",
        (
            "Hola, {{ contact.called }}:\n\ndiecinueve estudiantes buscan todavía un lugar a partir de marzo. ¿Podría "
            "{{ organization.name }} recibir a uno durante dos semanas?\n\n{{ owner.name|Su coordinador }}"
        ),
    ),
)
OPTED_OUT = (
    ("Miles Quist", "announcements", 40, "the link in a mail"),
    ("Gordon Ames", "announcements", 70, "the link in a mail"),
)
DO_NOT_CONTACT = ("Curtis Webb",)
SPANISH = ("Lucía Campos",)

# an answer to a letter: from whom it is (another than the one written to is filed as such), when, what they wrote
ANSWERS = (
    (
        "Two mock-interview judges for November?",
        "Irene Stoddard <{email}>",
        8,
        "Gladly. Kim and I can come on the 19th, if we are done by three.\n\nIrene",
        {},
    ),
    (
        "Career fair in spring",
        "Three Rivers dispatch desk <dispatch@threeriversconcrete.example>",
        7,
        "Joy is at the quarry this week. I put your note on her desk.",
        {},
    ),
    (
        "Thank you for the introductions",
        "Noreen Castle <{email}>",
        3,
        "I am out of the office until Monday and read mail in the evening.",
        {"Auto-Submitted": "auto-replied", "Subject": "Out of office: Thank you for the introductions"},
    ),
)
# whose address does not work any more, by the announcement that came back
BOUNCED = ("Career week: January 25 to 29", "Amos Reed")

# people in “Recruit a cold prospect”: who; days since they were put in; what ended it (kind and words, or nothing)
WALKING = (
    ("Bea Lund", 0, "", ""),
    ("Amy Strand", 6, "", ""),
    ("Odette Marsh", 12, "", ""),
    ("Joy Fenn", 12, "reply", "Joy Fenn wrote"),
    ("Nadia Nguyen", 20, "stage", "Nguyen Auto Collision moved to Meeting"),
)
YES = "We could use young voices on the morning show. Call me Thursday after ten.\n\nJoy"
