// The page: requests a token, has the player redeem it, and shows each step.
import { play, postLicenceRequest, stop, LicenceError } from './player.js';

const KEY_SYSTEM = 'org.w3.clearkey';
const MANIFEST = 'clip/clip.mpd';

// As in src/demo/make-clip. The key is public: it protects a test pattern.
const CLIP = { kid: '^playgrant-demo', contentKey: '64656d6f2d636c69702d6b65792d3031' };
const OTHER_CONTENT = { kid: '^another-film', contentKey: '616e6f746865722d66696c6d2d6b6579' };

/** How the tokens differ: parameters of the request, and what happens before the player redeems it. */
const KINDS = {
  good: { meanwhile: nothing },
  expired: { parameters: { expirationTime: '+600' }, meanwhile: anHourPasses },
  tampered: { meanwhile: tamper },
  revoked: { meanwhile: revoke },
  twice: { parameters: { maxRedemptions: '1' }, meanwhile: redeemOnce },
  address: { parameters: { ipAddress: '192.0.2.1' }, meanwhile: nothing },
  content: { parameters: OTHER_CONTENT, meanwhile: nothing },
};

/** The server stores records up to a second after its answers, and applies revocations within five. */
const PATIENCE = 10_000;

const $ = (id) => document.getElementById(id);
const video = $('video');
const buttons = [...document.querySelectorAll('.tokens button')];
const account = getJson('account');
let isBusy = false;

buttons.forEach((button) => button.addEventListener('click', () => follow(button)));
document.querySelectorAll('.copy').forEach((button) => button.addEventListener('click', () => copy(button)));
setInterval(showStatistics, 250);
clear();

/** Follows a token from its request to the record of its redemption. */
async function follow(button) {
  if (isBusy) return;
  setBusy(true);
  buttons.forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
  try {
    await stop(video);
    clear();
    const { parameters, meanwhile } = KINDS[button.dataset.kind];
    const licenceUrl = await meanwhile(await requestToken({ ...CLIP, ...parameters }));
    const token = await explain(licenceUrl);
    await redeem(licenceUrl, token.tokenId);
  } catch (error) {
    showOutcome('refused', reason(error));
  } finally {
    setBusy(false);
  }
}

// --- Request a token --------------------------------------------------------------------------

/** Requests a token of the service, as a back end does. */
async function requestToken(parameters) {
  showOutcome('idle', 'Requesting a token …');
  const { customerAuthenticator } = await account;
  const form = { customerAuthenticator, ...parameters, securityLevel: '1', hdcpOutputControl: '0', errorFormat: 'json' };
  const url = new URL('/hms/wv/token', location);
  const lines = [...new URLSearchParams(form)].map(([name, value]) => `-d '${name}=${encodeURIComponent(value)}'`);
  show('request', [`curl ${url}`, ...lines].join(' \\\n  '));
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  if (!response.ok) throw new Error((await response.json()).message);
  const licenceUrl = await response.text();
  show('licence-url', licenceUrl);
  return licenceUrl;
}

// --- Meanwhile: what happens to the licence URL. Each returns the one that the player gets. -----

async function nothing(licenceUrl) {
  show('meanwhile', '# Nothing: the player gets the licence URL as it was issued.');
  return licenceUrl;
}

/** The demo moves the times of the token, because nobody wants to wait. */
async function anHourPasses(licenceUrl) {
  show('meanwhile', '# An hour passes. (The demo sets the times in the token one hour back.)');
  const { token } = await postToken('expire', licenceUrl);
  const expired = withToken(licenceUrl, token);
  show('licence-url', expired);
  return expired;
}

/** Changes a character in the encrypted part. */
async function tamper(licenceUrl) {
  const token = tokenOf(licenceUrl);
  const at = Math.floor(token.length / 2);
  const changed = token[at] === 'A' ? 'B' : 'A';
  show('meanwhile', `# Somebody changes character ${at + 1} of the token from ${token[at]} to ${changed}.`);
  const [before, after] = [token.slice(0, at), token.slice(at + 1)];
  const mark = document.createElement('mark');
  mark.textContent = changed;
  $('licence-url').replaceChildren(withToken(licenceUrl, before), mark, after);
  return withToken(licenceUrl, before + changed + after);
}

/** Revokes the token, and waits until the server knows. */
async function revoke(licenceUrl) {
  const { dataDir } = await account;
  const { tokenId } = await postToken('revoke', licenceUrl);
  show('meanwhile', `# The operator revokes it:\nPLAYGRANT_DATA_DIR=${dataDir} ./playgrant token revoke ${tokenId} --reason 'shown in the demo'`);
  showOutcome('idle', 'Waiting until the server applies the revocation …');
  await until(async () => (await postToken('revoke', licenceUrl)).isApplied);
  return licenceUrl;
}

/** Redeems the token without the player. The request has other spaces than a browser's, so that it is not taken for its repetition. */
async function redeemOnce(licenceUrl) {
  const { keys } = await postToken('explain', licenceUrl);
  const request = `{"kids": ["${base64Url(keys[0].kid)}"], "type": "temporary"}`;
  show('meanwhile', `# Somebody else redeems it first:\n${curl(licenceUrl, request)}`);
  await postLicenceRequest(licenceUrl, request);
  return licenceUrl;
}

// --- What the token says ------------------------------------------------------------------------

/** Shows the token as the server reads it now. */
async function explain(licenceUrl) {
  const token = await postToken('explain', licenceUrl);
  const key = token.keys?.[0];
  showRows('token', {
    'Token id': token.tokenId,
    Issued: token.issuedAt,
    Expires: token.expiresAt,
    'Key id': key?.kid,
    'Output rules': key && `security level ${key.securityLevel}, HDCP ${key.hdcpOutputControl}`,
    Address: key && (token.ipAddress ?? 'any'),
    Uses: key && (token.maxRedemptions ?? 'any number'),
    'Valid now': token.valid ? 'yes' : `no: ${token.reason}`,
  });
  return token;
}

// --- Redeem it, and read the record -------------------------------------------------------------

/** Has the player redeem the licence URL, and shows how that ends. */
async function redeem(licenceUrl, tokenId) {
  showOutcome('idle', 'Redeeming the token …');
  try {
    await play(video, { manifest: MANIFEST, licenceUrl, keySystem: KEY_SYSTEM, redeem: showAndPost });
    showOutcome('plays', 'Plays');
    await showRecord(tokenId);
  } catch (error) {
    if (!(error instanceof LicenceError)) throw error;
    showAnswer('refused', `${error.status} ${error.message}`);
    showOutcome('refused', `Refused: ${error.message.split(': ')[0]}`);
    await showRecord(tokenId, error.requestId);
  }
}

async function showAndPost(licenceUrl, request) {
  show('redemption', curl(licenceUrl, new TextDecoder().decode(request)));
  const licence = await postLicenceRequest(licenceUrl, request);
  showAnswer('plays', '200 and a licence');
  return licence;
}

/** Shows the record of a redemption: the refused request, or the one that gave a licence. */
async function showRecord(tokenId, requestId) {
  if (!tokenId) {
    await showRefusal(requestId);
    return;
  }
  const { customerAuthenticator } = await account;
  const url = new URL('/records', location);
  url.search = new URLSearchParams({ customerAuthenticator, tokenId });
  show('record-request', `curl '${url}'`);
  const record = await until(async () =>
    (await getJson(url)).records.find(
      (one) => one.redemption && (requestId ? one.requestId === requestId : one.code === 0),
    ),
  );
  showRecordRows({
    Time: inSeconds(record.time),
    'Request id': record.requestId,
    Address: record.address,
    Service: record.redemption.service,
    Outcome: record.code === 0 ? 'licence granted' : record.code,
    Reason: record.redemption.reason ?? 'none: nothing is wrong with the token',
  });
}

/** A token that cannot be opened belongs to nobody, so there is no record of it. */
async function showRefusal(requestId) {
  show('record-request', '# No record: the server cannot tell whose token this was. It logs the reason.');
  const refusal = await getJson(`refusal?request=${requestId}`);
  showRecordRows({
    Time: inSeconds(refusal.time),
    'Request id': refusal.requestId,
    Address: undefined,
    Service: undefined,
    Outcome: refusal.code,
    Reason: refusal.reason,
  });
}

// --- The page -----------------------------------------------------------------------------------

function setBusy(busy) {
  isBusy = busy;
  buttons.forEach((button) => button.setAttribute('aria-disabled', String(busy)));
}

/** Empties all steps, with as many rows as they will have. */
function clear() {
  ['request', 'meanwhile', 'licence-url', 'redemption', 'record-request'].forEach((id) => show(id, ''));
  const names = (text) => Object.fromEntries(text.split(', ').map((name) => [name, undefined]));
  showRows('token', names('Token id, Issued, Expires, Key id, Output rules, Address, Uses, Valid now'));
  showRows('record', names('Time, Request id, Address, Service, Outcome, Reason'));
  showAnswer('idle', '');
}

function show(id, text) {
  $(id).textContent = text;
  document.querySelector(`[data-copy="${id}"]`).disabled = text === '';
}

function showRows(id, rows) {
  const cells = Object.entries(rows).flatMap(([name, value]) => {
    const [term, definition] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = name;
    definition.textContent = value ?? '–';
    definition.dataset.row = name;
    return [term, definition];
  });
  $(id).replaceChildren(...cells);
}

/** Shows a record. The reason of a refusal is the most interesting of it, so it stands in place of the video, too. */
function showRecordRows(rows) {
  showRows('record', rows);
  $('cover-text').textContent = rows.Reason;
}

function showAnswer(state, text) {
  $('answer').dataset.state = state;
  $('answer').textContent = text;
}

function showOutcome(state, text) {
  $('outcome').dataset.state = state;
  $('outcome-text').textContent = text;
  $('cover').hidden = state === 'plays';
  video.inert = state !== 'plays';
  $('cover-title').textContent = state === 'refused' ? 'No licence' : 'Encrypted';
  $('cover-text').textContent = state === 'refused' ? 'The clip stays encrypted.' : 'The clip needs a licence.';
}

/** As the browser counts: decoded frames, not time alone, show that the key fits. */
function showStatistics() {
  const frames = video.getVideoPlaybackQuality().totalVideoFrames;
  $('statistics').textContent = `${video.currentTime.toFixed(1)} s, ${frames} frames decoded`;
}

async function copy(button) {
  await navigator.clipboard.writeText($(button.dataset.copy).textContent);
  $('copied').textContent = '';
  $('copied').textContent = 'Copied';
  button.textContent = 'Copied';
  setTimeout(() => (button.textContent = 'Copy'), 1500);
}

/** Why a token was not followed to its end, in the words of the page where the browser's do not help. */
function reason(error) {
  if (error instanceof TypeError) return 'The server does not answer. If the demo has ended, start it again.';
  if (error.name === 'NotSupportedError') return 'This browser has no Clear Key. Use Chrome, Chromium, Edge or Firefox.';
  return error.message;
}

// --- Small helpers ------------------------------------------------------------------------------

function curl(url, body) {
  return `curl -d '${body}' \\\n  '${url}'`;
}

function inSeconds(time) {
  return time.replace(/\.\d+/, '');
}

function tokenOf(licenceUrl) {
  return new URL(licenceUrl).searchParams.get('ExpressPlayToken');
}

function withToken(licenceUrl, token) {
  return licenceUrl.replace(/(ExpressPlayToken=).*/, `$1${token}`);
}

function base64Url(hex) {
  const bytes = hex.match(/../g).map((digits) => parseInt(digits, 16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

async function getJson(url, options) {
  const response = await fetch(url, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

function postToken(path, licenceUrl) {
  return getJson(path, { method: 'POST', body: new URLSearchParams({ token: tokenOf(licenceUrl) }) });
}

/** Asks until there is an answer. */
async function until(find) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > end) throw new Error('The server takes longer than expected.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
