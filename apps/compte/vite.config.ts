import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/compte/',
  plugins: [react()],
  build: { target: 'es2022' },
  server: { host: '127.0.0.1', port: 5177, strictPort: true, proxy: { '/api': process.env.API_URL ?? 'http://localhost:3000' } },
})
