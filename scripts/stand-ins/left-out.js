// Stands in for what a package can do and is never asked to.
const refuse = () => {
  throw new Error('left out of the bundle: see scripts/plugins.js');
};

export {refuse as Ajv2020};
export default new Proxy({}, {get: () => refuse});
