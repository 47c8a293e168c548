/** Pages to print: the recovery sheet, with text and the same lines as a QR code, and labels with the barcodes of cartridges. */
package org.azekura.cli.sheet;
