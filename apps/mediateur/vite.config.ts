import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const BASE = '/mediateur/'
const PUBLIC = fileURLToPath(new URL('public/', import.meta.url))

/** Tells the service worker every file of the build, under a version that changes with any of them. */
const listFiles = (): Plugin => ({
  name: 'list-files-for-the-service-worker',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const hash = createHash('sha256')
    const fichiers = Object.keys(bundle)
      .filter((name) => name !== 'sw.js' && name !== 'index.html')
      .toSorted()
    for (const name of ['index.html', ...fichiers]) {
      const file = bundle[name]
      hash.update(name).update(file?.type === 'asset' ? file.source : (file?.code ?? ''))
    }
    for (const name of readdirSync(PUBLIC).toSorted()) {
      fichiers.push(name)
      hash.update(name).update(readFileSync(PUBLIC + name))
    }
    const worker = bundle['sw.js']
    if (worker?.type !== 'chunk') throw new Error('sw.js is missing from the build')
    const known = { version: hash.update(worker.code).digest('hex').slice(0, 12), base: BASE, fichiers }
    worker.code = worker.code.replace('FICHIERS_DE_L_APPLI', () => JSON.stringify(known))
  },
})

export default defineConfig({
  base: BASE,
  plugins: [react(), listFiles()],
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: { main: fileURLToPath(new URL('index.html', import.meta.url)), sw: fileURLToPath(new URL('src/sw.ts', import.meta.url)) },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true, proxy: { '/api': process.env.API_URL ?? 'http://localhost:3000' } },
})
