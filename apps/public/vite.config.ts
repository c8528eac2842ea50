import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** In development this app is the one address: the API and the other apps' own Vite servers are behind it. */
const others = ['collectivite', 'prescripteur', 'mediateur', 'anct', 'operateur']
const proxy = Object.fromEntries(others.map((app, i) => [`/${app}`, `http://127.0.0.1:${5171 + i}`]))

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: { target: 'es2022' },
  server: { host: '127.0.0.1', port: 5170, strictPort: true, proxy: { ...proxy, '/api': process.env.API_URL ?? 'http://localhost:3000' } },
})
