// “Explore” puts the interactive view of the same specification in the place of the still picture.
for (const figure of document.querySelectorAll("figure[data-spec]")) {
  const part = (name) => figure.querySelector(`[data-${name}]`);
  let view;
  part("tools").hidden = false;

  part("explore").addEventListener("click", async () => {
    part("explore").disabled = true;
    try {
      const [{ mountPicture }, answer] = await Promise.all([import(figure.dataset.bundle), fetch(figure.dataset.spec)]);
      const { spec, locale } = await answer.json();
      part("live").hidden = false;
      view = await mountPicture(part("live"), spec, locale);
      part("still").hidden = true;
      part("explore").hidden = true;
      part("back").hidden = false;
      part("back").focus();
    } catch (error) {
      part("live").hidden = true;
      throw error;
    } finally {
      part("explore").disabled = false;
    }
  });

  part("back").addEventListener("click", () => {
    view?.finalize();
    part("live").replaceChildren();
    part("live").hidden = true;
    part("still").hidden = false;
    part("back").hidden = true;
    part("explore").hidden = false;
    part("explore").focus();
  });
}
