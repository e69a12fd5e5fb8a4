"""What every page is made with: fragments, toasts, template tags, lists, exports, charts.

from wbl.web import export, form_page, fragment, go, toast
"""

from wbl.web.exports import export
from wbl.web.responses import form_page, fragment, go, toast

__all__ = ["export", "form_page", "fragment", "go", "toast"]
