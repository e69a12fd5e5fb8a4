"""The demonstration district: invented, believable and the same every time, with dates counted from today."""
