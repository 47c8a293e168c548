/**
 * Drivers and devices of storage nodes, as the server has them changed, and whose driver packages it lets in.
 *
 * <p>Trusted publishers are the catalog's setting {@code driver.publishers}: lines, each a {@code KeptPublisher} in the grammar of {@code
 * org.azekura.wire} and in base64. {@code Trusted} is one whom somebody trusts, {@code Withdrawn} one of the distribution whom somebody does not
 * trust. The setting {@code driver.development} tells whether unsigned packages are let in, too:
 *
 * <pre>
 * development = ("on" / "off") [SP time SP by]   ; since when, RFC 3339 in UTC, and who said so; not there: off
 * </pre>
 */
package org.azekura.server.driver;
