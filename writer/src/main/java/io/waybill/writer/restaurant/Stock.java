package io.waybill.writer.restaurant;

/**
 * How much of an item there is. Nothing is below zero, and no more is reserved than is there: a
 * change that would break this is a fault and throws {@link IllegalStateException}.
 *
 * @param onHand how many are there, those that are reserved included
 * @param reserved how many of them are kept for orders
 */
public record Stock(int onHand, int reserved) {

    static final Stock NONE = new Stock(0, 0);

    public Stock {
        if (reserved < 0 || onHand < reserved) {
            throw new IllegalStateException(
                    "a stock is wrong: %d on hand, %d reserved".formatted(onHand, reserved));
        }
    }

    /** How many can still be ordered. */
    public int available() {
        return onHand - reserved;
    }

    Stock counted(int onHand) {
        return new Stock(onHand, reserved);
    }

    Stock reserve(int quantity) {
        return new Stock(onHand, Math.addExact(reserved, quantity));
    }

    Stock release(int quantity) {
        return new Stock(onHand, Math.subtractExact(reserved, quantity));
    }

    Stock take(int quantity) {
        return new Stock(
                Math.subtractExact(onHand, quantity), Math.subtractExact(reserved, quantity));
    }
}
