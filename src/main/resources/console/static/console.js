'use strict';
// Charts and copy buttons. Every page works without this script: a table beside each chart has the same numbers.
