/** What commands of all topics share: options, secrets typed, files written. */
package org.azekura.cli.command;
