/** {@code POST /hms/wv/rights/}: a player redeems a token for a licence. {@code GET /hms/wv/certificate}: the service certificate. */
@NullMarked
package io.playgrant.route.license;

import org.jspecify.annotations.NullMarked;
