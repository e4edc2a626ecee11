/**
 * The signalling of DRM systems in media files and manifests: {@code pssh} boxes, their data, DASH elements and HLS lines. Knows no stored
 * keys and no dialect of a packager.
 */
@NullMarked
package io.playgrant.packager.box;

import org.jspecify.annotations.NullMarked;
