/** Bytes in and out for the formats of the data path; not exported. The forms are those of {@link org.azekura.engine.format}. */
package org.azekura.engine.octets;
