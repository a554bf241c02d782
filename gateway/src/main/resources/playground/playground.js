'use strict';

// Shows GraphiQL with Waybill's tabs. What a visitor writes stays in the browser's own storage.
ReactDOM.createRoot(document.getElementById('playground')).render(
    React.createElement(GraphiQL, {
        fetcher: waybillFetcher,
        defaultTabs: [...contactTabs, ...orderTabs],
        defaultEditorToolsVisibility: 'variables',
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: false,
    }));
