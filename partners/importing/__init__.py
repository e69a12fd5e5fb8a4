"""Reading a list of partners: from the bytes of a file to clean records, without the database.

``reading`` runs a child process that unpacks the file, ``tables`` finds the header, ``guessing`` says what each column
holds, ``records`` makes an organization and its contacts of each row. Nothing here imports Django, so that the child
starts in a few milliseconds and holds no secret.
"""
