"""What every page is made with: fragments, toasts, template tags, lists, exports, charts.

from wbl.web import fragment, go, toast
"""

from wbl.web.responses import fragment, go, toast

__all__ = ["fragment", "go", "toast"]
