// Loaded when a request is answered with 401: sign in within the page, then the request goes out again.

export async function signInAgain({ requestConfig: request, elt }) {
  const page = await fetchPage(document.body.dataset.signin);
  const form = page.querySelector(".signin__form form");
  if (!form) return location.assign(document.body.dataset.signin);
  const box = document.createElement("dialog");
  box.className = "dialog";
  box.innerHTML = '<h2 class="dialog__title">You were signed out</h2><p>Sign in again: nothing you wrote is lost.</p>';
  form.className = "form";
  box.append(form, elsewhere(document.body.dataset.signin, "Sign in another way"));
  document.body.append(box);
  let done = false;  // the page must not be fetched beside the repeated request: it would take away the toast that answers it
  box.addEventListener("close", () => { box.remove(); if (!done) freshTokens(); });
  form.addEventListener("submit", async (submit) => {
    submit.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) return box.querySelector(".dialog__title").replaceChildren("That did not match. Try again");
    const { location: next = "" } = await answer.json().catch(() => ({}));
    if (next.includes("/accounts/")) return form.replaceWith(elsewhere(next, "One more step"));
    await freshTokens();
    done = true;
    box.close();
    const { csrfmiddlewaretoken: stale, ...values } = Object.fromEntries(request.formData);
    htmx.ajax(request.verb.toUpperCase(), request.path, { source: elt, target: request.target, values });
  });
  box.showModal();
}

function elsewhere(url, words) {
  const line = document.createElement("p");
  line.innerHTML = '<a target="_blank" rel="noopener"></a> in a new tab, then come back, close this and send it again.';
  Object.assign(line.firstChild, { href: url, textContent: words });
  return line;
}

async function fetchPage(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function freshTokens() {
  const page = await fetchPage(location.href);
  document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
  const token = JSON.parse(page.body.getAttribute("hx-headers"))["X-CSRFToken"];
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
}
