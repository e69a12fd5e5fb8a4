"""How far partners came, by the channel that found them."""

from types import SimpleNamespace
from typing import Any

from partners.models import Organization, Site
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def test_conversion_counts_the_furthest_step_by_channel(cedar: District, people: SimpleNamespace, sign_in: Any) -> None:
    with district(cedar):
        for number in range(4):
            made = Organization.objects.create(name=f"Partner {number}", source="council" if number else "cold")
            Site.objects.create(organization=made, city="Cedar Valley")
            if number > 1:
                made.move_to(stage="active", by=people.coordinator)
        made.move_to(stage="declined", by=people.coordinator, reason="Retires")  # and was active once
    browser = sign_in(people.viewer)
    file = browser.get("/cedar/reports/pipeline.csv")
    text = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert text[0] == "Channel,Prospect,Contacted,Meeting,Committed,Active,Champion"
    assert text[1:] == ["All,4,2,2,2,2,0", "Council referral,3,2,2,2,2,0", "Cold contact,1,0,0,0,0,0"]
    page = browser.get("/cedar/reports/pipeline/").content.decode()
    assert "2 · 67 %" in page
    assert "?stage=declined" in page
    assert "Cedar Valley" in page
