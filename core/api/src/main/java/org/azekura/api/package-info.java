/** Identifiers, values and the one exception of Azekura. Everything here is immutable and safe to share between threads. */
@Export
@Version("0.4.0")
package org.azekura.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
