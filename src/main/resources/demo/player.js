// Plays an encrypted DASH clip with a licence URL. No library: Media Source Extensions feed the
// video, Encrypted Media Extensions obtain the keys. Copy this file; it depends on nothing else.
//
//   import { play } from './player.js';
//   await play(video, { manifest: 'clip/clip.mpd', licenceUrl, keySystem: 'com.widevine.alpha' });

/** The licence server refused the request. */
export class LicenceError extends Error {
  constructor({ status, code, message, requestId }) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/**
 * Plays a clip from its beginning.
 *
 * @param video the video element; whatever it played before ends
 * @param keySystem for example com.widevine.alpha, or org.w3.clearkey for tests
 * @param redeem exchanges the player's licence request for a licence
 * @returns a promise that is kept when the clip plays, and broken with the reason if it cannot
 */
export async function play(video, { manifest, licenceUrl, keySystem, redeem = postLicenceRequest }) {
  await stop(video);
  const tracks = await readManifest(manifest);
  const keys = await createKeys(keySystem, tracks);
  await video.setMediaKeys(keys);
  return new Promise((resolve, reject) => {
    const known = new Set();
    video.onencrypted = ({ initDataType, initData }) => {
      // Each track brings the ids of its keys. Tracks with the same key share one licence.
      const id = new Uint8Array(initData).toString();
      if (known.has(id)) return;
      known.add(id);
      const session = keys.createSession();
      session.onmessage = ({ message }) =>
        redeem(licenceUrl, message)
          .then((licence) => session.update(licence))
          .catch(reject);
      session.generateRequest(initDataType, initData).catch(reject);
    };
    video.onplaying = resolve;
    video.onerror = () => reject(new Error(video.error.message || 'The video cannot be decoded.'));
    load(video, tracks)
      .then(() => video.play())
      .catch(reject);
  });
}

/** Ends playback and gives the keys back. */
export async function stop(video) {
  video.onencrypted = video.onplaying = video.onerror = null;
  video.removeAttribute('src');
  video.load();
  if (video.mediaKeys) await video.setMediaKeys(null);
}

/** Posts a licence request, as it is, to the licence URL, as it is. The answer is the licence. */
export async function postLicenceRequest(licenceUrl, request) {
  // With this header, errors are JSON. Without it, they are a small html page.
  const headers = { Accept: 'application/json' };
  const response = await fetch(licenceUrl, { method: 'POST', body: request, headers });
  if (!response.ok) {
    const error = await response.json().catch(() => ({ code: response.status, message: response.statusText }));
    throw new LicenceError({ ...error, status: response.status, requestId: response.headers.get('X-Request-Id') });
  }
  return response.arrayBuffer();
}

/** The first representation of each track. Reads the on-demand profile of DASH: one file for each. */
async function readManifest(manifest) {
  const url = new URL(manifest, document.baseURI);
  const text = await (await fetchOk(url)).text();
  const mpd = new DOMParser().parseFromString(text, 'application/xml');
  return [...mpd.querySelectorAll('AdaptationSet')].map((set) => {
    const representation = set.querySelector('Representation');
    const attribute = (name) => representation.getAttribute(name) ?? set.getAttribute(name);
    return {
      url: new URL(representation.querySelector('BaseURL').textContent, url),
      kind: attribute('mimeType').split('/')[0],
      type: `${attribute('mimeType')}; codecs="${attribute('codecs')}"`,
    };
  });
}

async function createKeys(keySystem, tracks) {
  if (!navigator.requestMediaKeySystemAccess) {
    throw new Error('Browsers play encrypted video only on pages of https, or of the same machine.');
  }
  const capabilities = (kind) =>
    tracks.filter((track) => track.kind === kind).map(({ type }) => ({ contentType: type }));
  const access = await navigator.requestMediaKeySystemAccess(keySystem, [
    {
      initDataTypes: ['cenc'],
      videoCapabilities: capabilities('video'),
      audioCapabilities: capabilities('audio'),
    },
  ]);
  return access.createMediaKeys();
}

/** Loads whole files, which suits a short clip. A player of films would load segment by segment. */
async function load(video, tracks) {
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  video.src = url;
  await once(source, 'sourceopen');
  URL.revokeObjectURL(url);
  const buffers = tracks.map(({ type }) => source.addSourceBuffer(type));
  await Promise.all(
    tracks.map(async (track, i) => {
      const bytes = await (await fetchOk(track.url)).arrayBuffer();
      buffers[i].appendBuffer(bytes);
      await once(buffers[i], 'updateend');
    }),
  );
  source.endOfStream();
}

async function fetchOk(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} is answered with ${response.status}.`);
  return response;
}

function once(target, event) {
  return new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));
}
