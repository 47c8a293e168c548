/**
 * Which hosts belong to this appliance: codes, certificates, their renewal and their end.
 *
 * <p>What can happen to a certificate of a host, each step in the catalog before anybody acts on it:
 * <pre>
 * issued    at a join or a renewal; the ones that its host had before stay good: it may not have got this one
 * in use    its host said so; the older ones of the same names are replaced
 * revoked   replaced and nobody is connected by those names any more, or the host was revoked. Then no side trusts it until it ends
 * forgotten when it has ended
 * </pre>
 */
package org.azekura.server.enrol;
