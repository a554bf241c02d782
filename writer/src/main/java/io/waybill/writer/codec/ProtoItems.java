package io.waybill.writer.codec;

import io.waybill.proto.common.v1.Item;

import java.util.List;

/** Items as they are stored, and as they travel between aggregates. */
final class ProtoItems {

    private ProtoItems() {}

    static List<Item> of(List<io.waybill.writer.money.Item> items) {
        return items.stream()
                .map(
                        item ->
                                Item.newBuilder()
                                        .setCode(item.code())
                                        .setName(item.name())
                                        .setUnitPrice(ProtoMoney.of(item.unitPrice()))
                                        .setQuantity(item.quantity())
                                        .build())
                .toList();
    }

    static List<io.waybill.writer.money.Item> toItems(List<Item> items) {
        return items.stream()
                .map(
                        item ->
                                new io.waybill.writer.money.Item(
                                        item.getCode(),
                                        item.getName(),
                                        ProtoMoney.toMoney(item.getUnitPrice()),
                                        item.getQuantity()))
                .toList();
    }
}
