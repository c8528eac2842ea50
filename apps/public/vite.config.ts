import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** In development this app is the one address: the API and the other apps' own Vite servers are behind it. */
const others = { collectivite: 5171, prescripteur: 5172, mediateur: 5173, anct: 5174, operateur: 5175, compte: 5177, partenaire: 5178 }
const proxy = Object.fromEntries(Object.entries(others).map(([app, port]) => [`/${app}`, `http://127.0.0.1:${port}`]))

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: { target: 'es2022' },
  server: { host: '127.0.0.1', port: 5170, strictPort: true, proxy: { ...proxy, '/api': process.env.API_URL ?? 'http://localhost:3000' } },
})
