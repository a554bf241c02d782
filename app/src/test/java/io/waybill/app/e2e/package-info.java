/** The real program as child processes, asked and told through its doors as its users do. */
package io.waybill.app.e2e;
