package io.waybill.catalogue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.account.v1.DebitPayment;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.account.v1.ExpirePayment;
import io.waybill.proto.account.v1.ReleasePayment;
import io.waybill.proto.account.v1.VoidPayment;
import io.waybill.proto.account.v1.Withdraw;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.AuthorizeCustomer;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.DisableContact;
import io.waybill.proto.contact.v1.EnableContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.order.v1.ApproveOrder;
import io.waybill.proto.order.v1.CancelOrder;
import io.waybill.proto.order.v1.CollectOrder;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.order.v1.ReadyOrder;
import io.waybill.proto.order.v1.RecordReply;
import io.waybill.proto.order.v1.RetryStep;
import io.waybill.proto.order.v1.WakeOrder;
import io.waybill.proto.restaurant.v1.CloseRestaurant;
import io.waybill.proto.restaurant.v1.OpenRestaurant;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.ReleaseItems;
import io.waybill.proto.restaurant.v1.ReserveItems;
import io.waybill.proto.restaurant.v1.ReviewOrder;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.proto.restaurant.v1.TakeItems;
import io.waybill.proto.restaurant.v1.UpdateRestaurant;
import io.waybill.proto.shopping.v1.AssignShoppingList;
import io.waybill.proto.shopping.v1.CancelShoppingList;
import io.waybill.proto.shopping.v1.CompleteShoppingList;
import io.waybill.proto.shopping.v1.CreateShoppingList;
import io.waybill.proto.shopping.v1.InitiateShopping;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All commands there are, by topic and by message. Immutable. */
public final class CommandCatalogue {

    private static final CommandCatalogue STANDARD =
            new CommandCatalogue(
                    List.of(
                            AddContact.getDefaultInstance(),
                            UpdateContact.getDefaultInstance(),
                            DeleteContact.getDefaultInstance(),
                            EnableContact.getDefaultInstance(),
                            DisableContact.getDefaultInstance(),
                            AuthorizeCustomer.getDefaultInstance(),
                            Deposit.getDefaultInstance(),
                            Withdraw.getDefaultInstance(),
                            AuthorizePayment.getDefaultInstance(),
                            ReleasePayment.getDefaultInstance(),
                            DebitPayment.getDefaultInstance(),
                            VoidPayment.getDefaultInstance(),
                            ExpirePayment.getDefaultInstance(),
                            RegisterRestaurant.getDefaultInstance(),
                            UpdateRestaurant.getDefaultInstance(),
                            SetItem.getDefaultInstance(),
                            OpenRestaurant.getDefaultInstance(),
                            CloseRestaurant.getDefaultInstance(),
                            ReserveItems.getDefaultInstance(),
                            ReleaseItems.getDefaultInstance(),
                            ReviewOrder.getDefaultInstance(),
                            TakeItems.getDefaultInstance(),
                            AssignShoppingList.getDefaultInstance(),
                            CompleteShoppingList.getDefaultInstance(),
                            CreateShoppingList.getDefaultInstance(),
                            InitiateShopping.getDefaultInstance(),
                            CancelShoppingList.getDefaultInstance(),
                            CreateOrder.getDefaultInstance(),
                            CancelOrder.getDefaultInstance(),
                            CollectOrder.getDefaultInstance(),
                            ApproveOrder.getDefaultInstance(),
                            DeclineOrder.getDefaultInstance(),
                            RetryStep.getDefaultInstance(),
                            RecordReply.getDefaultInstance(),
                            WakeOrder.getDefaultInstance(),
                            ReadyOrder.getDefaultInstance()));

    private final Map<String, CommandType> byTopic = new LinkedHashMap<>();
    private final Map<Descriptor, CommandType> byMessage = new LinkedHashMap<>();

    private CommandCatalogue(List<Message> prototypes) {
        for (Message prototype : prototypes) {
            CommandType type = CommandType.of(prototype);
            if (byTopic.put(type.topic(), type) != null) {
                throw new IllegalStateException("two commands on topic " + type.topic());
            }
            byMessage.put(prototype.getDescriptorForType(), type);
        }
    }

    /** The catalogue of Waybill's own commands. */
    public static CommandCatalogue standard() {
        return STANDARD;
    }

    /** Every command, in the order of the list above. */
    public Collection<CommandType> types() {
        return byTopic.values();
    }

    /** The command that travels on a topic, if one does. */
    public Optional<CommandType> onTopic(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    /**
     * The command that a message is.
     *
     * @throws IllegalArgumentException when the message is no command
     */
    public CommandType of(Descriptor message) {
        CommandType type = byMessage.get(message);
        if (type == null) {
            throw new IllegalArgumentException(message.getFullName() + " is not a command");
        }
        return type;
    }

    /** The command that a kind of timer of an aggregate causes, if it causes one. */
    public Optional<CommandType> firedBy(String aggregate, String timer) {
        return types().stream()
                .filter(type -> type.aggregate().equals(aggregate))
                .filter(type -> type.firedBy().equals(timer))
                .findFirst();
    }
}
