/** What is protected, as configuration: save sets and policies. */
package org.azekura.server.protection;
