// Passkeys: between a form and the browser's ceremony.
//
// <form data-passkey="create" data-options="id of a JSON element">     options → new credential → field → send
// <form data-passkey="get" …>                                          options → signed answer → field → send
// <form data-passkey="get" data-options-address="/…/">                 the same, options fetched on demand
//
// Inside the form: <input type="hidden" name="credential">, and sentences for what can go wrong, hidden until then:
// <p data-says="cancelled">, <p data-says="refused">. What only makes sense with passkeys is hidden until they can be used.

const toBytes = text => {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), sign => sign.charCodeAt(0));
};
const toText = buffer => {
  const signs = Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const known = (list = []) => list.map(one => ({ ...one, id: toBytes(one.id) }));

function toCreate(options, isAlone) {
  const asked = options.publicKey;
  const how = asked.authenticatorSelection ?? {};
  return {
    publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
      authenticatorSelection: {
        ...how,
        residentKey: isAlone ? "required" : "discouraged",
        requireResidentKey: isAlone,
        userVerification: isAlone ? "required" : how.userVerification,
      },
    },
  };
}

function toGet(options) {
  const asked = options.publicKey;
  return {
    publicKey: { ...asked, challenge: toBytes(asked.challenge), allowCredentials: known(asked.allowCredentials) },
  };
}

function told(credential) {
  const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsFor(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.optionsAddress, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()).request_options;
}

function say(form, what) {
  for (const sentence of form.querySelectorAll("[data-says]")) sentence.hidden = sentence.dataset.says !== what;
}

async function perform(form) {
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  say(form, "");
  try {
    const options = await optionsFor(form);
    const isAlone = form.elements.passwordless?.checked ?? true;
    const credential =
      form.dataset.passkey === "create"
        ? await navigator.credentials.create(toCreate(options, isAlone))
        : await navigator.credentials.get(toGet(options));
    form.elements.credential.value = told(credential);
    form.submit();
  } catch (obstacle) {
    say(form, obstacle.name === "NotAllowedError" ? "cancelled" : "refused");
    button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      perform(form);
    });
  }
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
}
