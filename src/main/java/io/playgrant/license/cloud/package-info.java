/** Widevine's licence service in the cloud: the messages to it, its answers, and its service certificates. Sends nothing itself. */
@NullMarked
package io.playgrant.license.cloud;

import org.jspecify.annotations.NullMarked;
