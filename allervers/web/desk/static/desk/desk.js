// Optional comfort: says that a long computation is under way, and stops a second press. Everything works without it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  const to = event.submitter?.formAction || form.action;
  if (!form.hasAttribute("data-wait") && !to.endsWith("/droits/resultat")) return;
  const note = document.createElement("p");
  note.className = "message";
  note.setAttribute("role", "status");
  note.textContent = form.dataset.wait || "Calcul en cours, quelques secondes…";
  form.append(note);
});
// A page found again with "back" can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
// A button that prints, where there is a script to do it.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// A file read by parts goes on by itself, in place: its two buttons stay where they are, and so does who is on one.
async function goOn(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector("form[data-goes-on]") ? ".reading" : "main";
  document.title = page.title;
  document.querySelector(part).replaceWith(page.querySelector(part));
  if (part === ".reading") return goOn(form);
  history.replaceState(null, "", answer.url);
  document.querySelector("main").focus();
}
const going = document.querySelector("form[data-goes-on]");
if (going) goOn(going).catch(() => {}); // the network is gone, or the page is left: "Continuer" is still there
