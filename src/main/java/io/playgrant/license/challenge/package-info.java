/** Widevine's licence requests: what they ask for, and whether the token allows it. */
@NullMarked
package io.playgrant.license.challenge;

import org.jspecify.annotations.NullMarked;
