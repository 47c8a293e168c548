/** The recovery sheet: a page to print, with text and the same lines as a QR code. */
package org.azekura.cli.sheet;
