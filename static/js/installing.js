// The Central may be put on the home screen: its worker has a page for when there is no network

if ($("link[rel=manifest]")) navigator.serviceWorker?.register("/central/sw.js").catch(() => {});
