'use strict';

// Sends what the editor executes: queries and mutations with fetch, subscriptions over a WebSocket that speaks
// graphql-transport-ws. Remembers what the last mutation returned, for the variables that say "last".
const waybillFetcher = (() => {
    const LAST = 'last';
    const remembered = {
        id: sessionStorage.getItem('waybill.last.id'),
        commandId: sessionStorage.getItem('waybill.last.commandId'),
    };

    function show() {
        document.getElementById('last').hidden = !remembered.commandId;
        document.getElementById('last-id').textContent = remembered.id || '';
        document.getElementById('last-command').textContent = remembered.commandId || '';
    }

    function remember(data) {
        for (const submitted of Object.values(data || {})) {
            if (submitted && submitted.status === 'OK') {
                for (const name of ['id', 'commandId']) {
                    if (typeof submitted[name] === 'string') {
                        remembered[name] = submitted[name];
                        sessionStorage.setItem('waybill.last.' + name, submitted[name]);
                    }
                }
            }
        }
        show();
    }

    function withLast(params) {
        const variables = {...params.variables};
        for (const name of ['id', 'commandId']) {
            if (variables[name] === LAST) {
                if (!remembered[name]) {
                    throw new Error(
                        `"last" stands for what the last mutation returned, and there was none yet: run AddContact first, or put a value for ${name}.`);
                }
                variables[name] = remembered[name];
            }
        }
        return {query: params.query, operationName: params.operationName, variables};
    }

    function operationOf(params, documentAST) {
        const operations = documentAST ? documentAST.definitions.filter((d) => d.kind === 'OperationDefinition') : [];
        const named = operations.find((o) => !params.operationName || (o.name && o.name.value === params.operationName));
        return named ? named.operation : 'query';
    }

    async function post(request, headers) {
        const response = await fetch('/graphql', {
            method: 'POST',
            headers: {
                ...headers,
                'Content-Type': 'application/json',
                Accept: 'application/graphql-response+json, application/json;q=0.9',
            },
            body: JSON.stringify(request),
        });
        return response.json();
    }

    function subscribe(request, headers) {
        return {
            subscribe(observer) {
                const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
                const socket = new WebSocket(`${scheme}//${location.host}/graphql`, 'graphql-transport-ws');
                let over = false;
                const end = (how, what) => {
                    if (!over) {
                        over = true;
                        observer[how](what);
                        socket.close(1000);
                    }
                };
                socket.onopen = () => socket.send(JSON.stringify({type: 'connection_init', payload: headers || {}}));
                socket.onmessage = (event) => {
                    const message = JSON.parse(event.data);
                    switch (message.type) {
                        case 'connection_ack':
                            socket.send(JSON.stringify({id: '1', type: 'subscribe', payload: request}));
                            break;
                        case 'ping':
                            socket.send(JSON.stringify({type: 'pong'}));
                            break;
                        case 'next':
                            if (!over) {
                                observer.next(message.payload);
                            }
                            break;
                        case 'error':
                            end('next', {errors: message.payload});
                            break;
                        case 'complete':
                            end('complete');
                            break;
                    }
                };
                socket.onclose = (event) => end('error', new Error(
                    `The connection was closed (${event.code})${event.reason ? ': ' + event.reason : ''}.`));
                return {
                    unsubscribe() {
                        over = true;
                        socket.close(1000);
                    },
                };
            },
        };
    }

    show();

    return async (params, options = {}) => {
        const request = withLast(params);
        const operation = operationOf(params, options.documentAST);
        if (operation === 'subscription') {
            return subscribe(request, options.headers);
        }
        const answer = await post(request, options.headers);
        if (operation === 'mutation') {
            remember(answer.data);
        }
        return answer;
    };
})();
