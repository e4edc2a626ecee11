/** The dialect of nginx-vod-module, a packager that works while viewers wait. */
@NullMarked
package io.playgrant.packager.nginx;

import org.jspecify.annotations.NullMarked;
