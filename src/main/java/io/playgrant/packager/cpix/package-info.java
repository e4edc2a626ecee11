/** CPIX 2.3 and 2.4, and SPEKE v2.0 and v2.1: functions between documents and values. Knows neither Camel, HTTP nor the key store. */
@NullMarked
package io.playgrant.packager.cpix;

import org.jspecify.annotations.NullMarked;
