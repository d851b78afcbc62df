// For `node --import`: a peer that knows no other address than OpenAI's asks the loopback server instead.
const real = globalThis.fetch;
globalThis.fetch = (url, options) =>
  real(String(url).replace('https://api.openai.com', process.env.REDIRECT_TO), options);
