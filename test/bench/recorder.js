// Counts what a server is asked: for whoever started it, over the channel between the two processes.

let requests = [];
let open = 0;
let most = 0;

/** Notes a request, and that it is over when its answer is. */
export function record(request, response) {
  requests.push({path: request.url, authorization: request.headers.authorization ?? ''});
  most = Math.max(most, ++open);
  response.once('close', () => open--);
}

// Gives the requests since the last time that somebody asked, and how many were open at once.
process.on('message', () => {
  process.send({requests, most});
  requests = [];
  most = open;
});
process.once('disconnect', () => process.exit()); // whoever started us is gone
