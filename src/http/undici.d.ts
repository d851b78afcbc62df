// undici's index also loads fetch, WebSocket and caches, about 0.1 s on Node 20; its parts do not.
declare module 'undici/lib/dispatcher/env-http-proxy-agent.js' {
  export {EnvHttpProxyAgent as default} from 'undici';
}
declare module 'undici/lib/dispatcher/pool.js' {
  export {Pool as default} from 'undici';
}
declare module 'undici/lib/api/api-request.js' {
  import type {Dispatcher} from 'undici';
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}
declare module 'undici/lib/dispatcher/dispatcher.js' {
  export {Dispatcher as default} from 'undici';
}
declare module 'undici/lib/api/api-connect.js' {
  import type {Dispatcher} from 'undici';

  const connect: Dispatcher['connect'];
  export default connect;
}
