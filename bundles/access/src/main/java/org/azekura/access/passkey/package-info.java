/** What browsers and the devices behind them say by WebAuthn, checked. Knows no users and no catalog. */
package org.azekura.access.passkey;
