"""Letters that come with wbl, in English and Spanish: a district changes them to its own words."""

from wbl.mail.categories import Category
from wbl.mail.ready import ReadyText, register_text

_CLOSE = "\n\n{{ owner.name|Your coordinator }}\n{{ district.name }}"
_CIERRE = "\n\n{{ owner.name|Su coordinador }}\n{{ district.name }}"


def _letter(key: str, name: str, words: tuple[str, str], spanish: tuple[str, str], category: str) -> ReadyText:
    (subject, body), (asunto, texto) = words, spanish
    text = ReadyText(f"partners.{key}", name, subject, body + _CLOSE, asunto, texto + _CIERRE, category)
    return register_text(text)


HELLO = _letter(
    "hello",
    "First letter to a prospect",
    (
        "Students who want to see {{ organization.name }}",
        (
            "Hello {{ contact.called }},\n\n"
            "I place students of {{ district.name }} with people who do the work they learn about. May I tell you in ten "
            "minutes what that could look like at {{ organization.name }}? It can be as small as **one hour in a classroom**.\n\n"
            "Answer with a time that suits you, and I will call."
        ),
    ),
    (
        "Estudiantes que quieren conocer {{ organization.name }}",
        (
            "Hola, {{ contact.called }}:\n\n"
            "yo pongo en contacto a estudiantes de {{ district.name }} con personas que hacen el trabajo que ellos aprenden. "
            "¿Puedo contarle en diez minutos cómo podría ser en {{ organization.name }}? Puede ser algo tan pequeño como "
            "**una hora en un aula**.\n\n"
            "Respóndame con una hora que le convenga, y yo le llamo."
        ),
    ),
    Category.REQUESTS,
)
SMALL = _letter(
    "small",
    "Second letter: something small",
    (
        "One hour, one class",
        (
            "Hello {{ contact.called }},\n\n"
            "I know how full your weeks are. So here is the smallest thing that helps:\n\n"
            "- come for an hour and tell a class how you got to where you are,\n"
            "- or let six students see {{ organization.name }} for a morning.\n\n"
            "I prepare the class, and bring the students. Would one of the two be possible?"
        ),
    ),
    (
        "Una hora, una clase",
        (
            "Hola, {{ contact.called }}:\n\n"
            "sé lo llenas que están sus semanas. Esto es lo más pequeño que ayuda:\n\n"
            "- venir una hora y contarle a una clase cómo llegó usted a su trabajo,\n"
            "- o dejar que seis estudiantes conozcan {{ organization.name }} una mañana.\n\n"
            "Yo preparo la clase y llevo a los estudiantes. ¿Sería posible una de las dos?"
        ),
    ),
    Category.REQUESTS,
)
LAST = _letter(
    "last",
    "Last letter: the door stays open",
    (
        "The door stays open",
        (
            "Hello {{ contact.called }},\n\n"
            "I will not write again about this now. If {{ organization.name }} ever has an hour for a student, one line to "
            "me is enough.\n\nThank you for reading this far."
        ),
    ),
    (
        "La puerta queda abierta",
        (
            "Hola, {{ contact.called }}:\n\n"
            "por ahora no le escribiré más sobre esto. Si algún día {{ organization.name }} tiene una hora para un estudiante, "
            "basta con una línea.\n\nGracias por leer hasta aquí."
        ),
    ),
    Category.REQUESTS,
)
NEWS = _letter(
    "news",
    "What became of it: to a partner who went quiet",
    (
        "What became of the students you met",
        (
            "Hello {{ contact.called }},\n\n"
            "it has been quiet between us, and that is on me. The students who were with {{ organization.name }} still speak "
            "of it. May I tell you what became of them, and hear what has changed at your place?"
        ),
    ),
    (
        "Qué fue de los estudiantes que usted conoció",
        (
            "Hola, {{ contact.called }}:\n\n"
            "hace tiempo que no hablamos, y es culpa mía. Los estudiantes que estuvieron con {{ organization.name }} todavía "
            "lo cuentan. ¿Puedo contarle qué fue de ellos, y oír qué ha cambiado por allá?"
        ),
    ),
    Category.REMINDERS,
)
THANKS = _letter(
    "thanks",
    "Thank you",
    (
        "Thank you",
        (
            "Hello {{ contact.called }},\n\n"
            "thank you for your time with our students. They went home with more questions than they came with, which is the "
            "best that can happen."
        ),
    ),
    (
        "Gracias",
        (
            "Hola, {{ contact.called }}:\n\n"
            "gracias por su tiempo con nuestros estudiantes. Se fueron a casa con más preguntas de las que traían, y eso es lo "
            "mejor que puede pasar."
        ),
    ),
    Category.REMINDERS,
)
