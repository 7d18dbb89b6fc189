// Runs a Node.js function: a client of the Lambda Runtime API. It ends when the connection does: the
// process on the other side is gone then, or wants no more.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const env = process.env;
const [host, port] = env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const ROOT = '/2018-06-01/runtime/';
const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];
const SHOWN_TASK_ROOT = '/var/task';
const exit = process.exit.bind(process);

/// Where a failure is to be told; empty between two events.
let underWay = 'init';

/// An error of the platform's own, with the name that Lambda gives it.
class Fault extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function request(method, way, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const asked = http.request({ host, port, agent, method, path: ROOT + way, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString('utf8') }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/// Code lies where Lambda has it, as far as anybody outside can tell.
function shown(line) {
  return line.replaceAll(pathToFileURL(env.LAMBDA_TASK_ROOT).href, 'file://' + SHOWN_TASK_ROOT).replaceAll(env.LAMBDA_TASK_ROOT, SHOWN_TASK_ROOT);
}

function errorObject(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = (error.stack || '').split('\n').filter((line) => !line.includes(import.meta.url));
  if (error instanceof Fault) trace[0] = `${error.name}: ${error.message}`;
  return { errorType: error.name, errorMessage: error.message, trace: trace.map(shown) };
}

async function load(name) {
  const cut = name.lastIndexOf('/') + 1;
  const [file, ...members] = name.slice(cut).split('.');
  if (!file || members.length === 0 || name.includes('..')) {
    throw new Fault('Runtime.MalformedHandlerName', 'Bad handler');
  }
  const module = path.resolve(env.LAMBDA_TASK_ROOT, name.slice(0, cut), file);
  const found = EXTENSIONS.map((extension) => module + extension).find((each) => fs.statSync(each, { throwIfNoEntry: false })?.isFile());
  let loaded;
  try {
    if (!found) throw new Error(`Cannot find module '${file}'`);
    loaded = await import(pathToFileURL(found));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Fault('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    const missing = !found || ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code);
    throw missing ? new Fault('Runtime.ImportModuleError', shown(`Error: ${error.message}`)) : error;
  }
  const take = (from) => members.reduce((value, member) => value?.[member], from);
  const handler = take(loaded) ?? take(loaded.default);
  if (handler === undefined) throw new Fault('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new Fault('Runtime.HandlerNotFound', `${name} is not a function`);
  return handler;
}

function contextOf(headers, settle) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const given = headers['lambda-runtime-client-context'];
  const done = (error, result) => (error ? settle.reject(error) : settle.resolve(result));
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: given ? JSON.parse(given) : undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done,
    succeed: (result) => done(null, result),
    fail: (error) => done(error ?? 'handled'),
  };
}

/// What a handler returns counts if it is a promise; else the answer comes by the callback.
function call(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));
    // When nothing is left to wait for, there will be no answer any more.
    process.once('beforeExit', () => resolve(null));
    const returned = handler(event, contextOf(headers, { resolve, reject }), callback);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
  });
}

function encode(result) {
  try {
    return JSON.stringify(result === undefined ? null : result);
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

async function fail(way, error) {
  const object = errorObject(error);
  console.error(JSON.stringify(object));
  await request('POST', way, JSON.stringify(object));
}

async function handle(handler, next) {
  const way = `invocation/${next.headers['lambda-runtime-aws-request-id']}`;
  env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
  underWay = way;
  let result;
  try {
    result = encode(await call(handler, JSON.parse(next.body), next.headers));
  } catch (error) {
    await fail(`${way}/error`, error);
    return;
  } finally {
    process.removeAllListeners('beforeExit');
  }
  await request('POST', `${way}/response`, result);
}

/// What nobody catches is told as the failure of the event that is under way; the process is not to
/// be trusted afterwards.
async function end(error, status) {
  if (underWay) await fail(`${underWay}/error`, error).catch(() => {});
  exit(status);
}

async function main() {
  let handler;
  try {
    handler = await load(env._HANDLER);
  } catch (error) {
    await fail('init/error', error);
    exit(1);
  }
  for (;;) {
    const next = await request('GET', 'invocation/next').catch(() => exit(0));
    await handle(handler, next).catch(() => exit(1));
    underWay = '';
  }
}

process.on('unhandledRejection', (reason) => end(new Fault('Runtime.UnhandledPromiseRejection', String(reason)), 128));
process.on('uncaughtException', (error) => end(error, 129));
await main();
