import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/partenaire/',
  plugins: [react()],
  build: { target: 'es2022' },
  server: { host: '127.0.0.1', port: 5178, strictPort: true, proxy: { '/api': process.env.API_URL ?? 'http://localhost:3000' } },
})
