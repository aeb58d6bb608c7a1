// Formats: only when the reader leaves the field, and only what is certain

const digits = (text) => text.replace(/\D/g, "");

const FORMATS = {
  cep(text) {
    const d = digits(text);
    return d.length === 8 ? `${d.slice(0, 5)}-${d.slice(5)}` : text;
  },
  phone(text) {
    const d = digits(text);
    if (d.length !== 10 && d.length !== 11) return text;
    return `(${d.slice(0, 2)}) ${d.slice(2, -4)}-${d.slice(-4)}`;
  },
  // The new CNPJ has letters in its first twelve places.
  "cpf-cnpj"(text) {
    const c = text.replace(/[^0-9a-z]/gi, "").toUpperCase();
    if (/^\d{11}$/.test(c)) return c.replace(/^(...)(...)(...)(..)$/, "$1.$2.$3-$4");
    if (/^[0-9A-Z]{12}\d\d$/.test(c)) return c.replace(/^(..)(...)(...)(....)(..)$/, "$1.$2.$3/$4-$5");
    return text;
  },
  money(text) {
    const clean = text.replace(/^R\$\s*/, "").trim();
    if (!/^(\d+|\d{1,3}(\.\d{3})+)(,\d{1,2})?$/.test(clean)) return text;
    const [reais, cents = ""] = clean.replace(/\./g, "").split(",");
    return `${BigInt(reais).toLocaleString("pt-BR")},${cents.padEnd(2, "0")}`;
  },
};

on("focusout", (event) => {
  const input = event.target;
  const format = FORMATS[input.dataset?.format];
  if (format && input.value) input.value = format(input.value.trim());
});
