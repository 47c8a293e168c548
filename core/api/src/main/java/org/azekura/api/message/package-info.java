/**
 * What the roles say to each other. All messages are records of plain values; {@code core/wire} gives them their bytes.
 * Absent values are null where a component says so.
 */
@Export
@Version("0.1.0")
package org.azekura.api.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
