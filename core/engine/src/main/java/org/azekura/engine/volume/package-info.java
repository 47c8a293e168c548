/**
 * Volumes: what a piece of media says of itself. Version 0: may still change.
 *
 * <p>A label is 4096 bytes of UTF-8 text with LF line ends, so that {@code head -c 4096} shows all of it:
 *
 * <pre>
 * label     = "AZEKURA VOLUME LABEL 0" LF explanation LF field* signature padding LF
 * field     = name ": " value LF                         in this order, each once
 *             volume     32 hexadecimal digits
 *             appliance  32 hexadecimal digits            the appliance that wrote the label
 *             pool       name of its media pool
 *             name       what people call the volume, 1 to 63 characters, none of them a control character
 *             barcode    as name; absent if nothing is glued to it
 *             made       ISO 8601, UTC
 *             signer     base64 of the appliance's Ed25519 public key (X.509 SubjectPublicKeyInfo)
 * signature = "signature: " base64 LF                    Ed25519 over every byte before this line
 * padding   = spaces
 * </pre>
 *
 * <p>The explanation is fixed text without a line that begins like a field's, behind which stands an empty line. The signature shows that the label is
 * as written and by whom; whether that signer is the appliance one knows, the caller compares.
 *
 * <p>The file of a {@link org.azekura.engine.volume.SigningKey} is PEM: a {@code PRIVATE KEY} in PKCS #8.
 */
@Export
@Version("0.1.0")
package org.azekura.engine.volume;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
