/**
 * What a transport implements: it moves byte frames between roles and knows no message. A {@link
 * org.azekura.api.transport.Connection} is one control stream and any number of data streams with back-pressure.
 */
@Export
@Version("0.3.0")
package org.azekura.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
