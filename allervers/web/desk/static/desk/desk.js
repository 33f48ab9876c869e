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
  note.textContent = "Calcul en cours, quelques secondes…";
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
