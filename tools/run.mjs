// The one entry of `npm start`, `npm test`… It needs only Node.js >= 20.19 and npm, and brings the rest.
// Kept to a syntax that an old Node.js can read, so that it can say which one is needed.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node.js 20.19 ou plus récent est nécessaire (ici ${process.versions.node})\u00a0: installez-le depuis https://nodejs.org, puis relancez la commande.`,
  )
  process.exit(1)
}
const { main } = await import('./tasks.mjs')
await main(process.argv.slice(2))
