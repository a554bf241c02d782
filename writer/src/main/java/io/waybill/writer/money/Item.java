package io.waybill.writer.money;

/**
 * So many of one thing on a menu, at a price.
 *
 * @param code names it on the menu
 * @param name what it is called, for people
 * @param quantity at least 1
 */
public record Item(String code, String name, Money unitPrice, int quantity) {

    /**
     * What all of it costs.
     *
     * @throws ArithmeticException when that is too large
     */
    public Money price() {
        return unitPrice.times(quantity);
    }
}
