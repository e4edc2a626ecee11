/** The dialect of Widevine's Common Encryption API: requests and answers of its key servers, in JSON. */
@NullMarked
package io.playgrant.packager.widevine;

import org.jspecify.annotations.NullMarked;
