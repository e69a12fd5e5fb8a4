"""Views of lists under names, private or shared, and each person's own columns (`lists.listing_for`)."""
