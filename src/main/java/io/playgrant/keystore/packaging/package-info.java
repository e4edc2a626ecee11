/** Keys for packagers: drawn for what a packager names, once and for all, and held by the service. */
@NullMarked
package io.playgrant.keystore.packaging;

import org.jspecify.annotations.NullMarked;
