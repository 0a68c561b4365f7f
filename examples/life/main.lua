-- Conway's game of life. Press Enter in the console for the next generation,
-- type a number for that many, or q to stop. The board is kept: the next run
-- goes on with it.
local width, height = 10, 6

-- A glider, which moves down to the right.
local function first_board()
  local board = {}
  for y = 1, height do
    board[y] = {}
    for x = 1, width do
      board[y][x] = false
    end
  end
  for _, cell in ipairs({ { 2, 1 }, { 3, 2 }, { 1, 3 }, { 2, 3 }, { 3, 3 } }) do
    board[cell[2]][cell[1]] = true
  end
  return board
end

-- How many of the eight cells around one live. Beyond an edge is the opposite one.
local function neighbours(board, x, y)
  local count = 0
  for dy = -1, 1 do
    for dx = -1, 1 do
      local row = board[(y + dy - 1) % height + 1]
      if (dx ~= 0 or dy ~= 0) and row[(x + dx - 1) % width + 1] then
        count = count + 1
      end
    end
  end
  return count
end

local function next_board(board)
  local new = {}
  for y = 1, height do
    new[y] = {}
    for x = 1, width do
      local count = neighbours(board, x, y)
      new[y][x] = count == 3 or board[y][x] and count == 2
    end
  end
  return new
end

local function show(life)
  print("Generation " .. life.generation)
  for y = 1, height do
    local row = {}
    for x = 1, width do
      row[x] = life.board[y][x] and "#" or "."
    end
    print(table.concat(row))
  end
end

_home.life = _home.life or { generation = 0, board = first_board() }
local life = _home.life

show(life)
for line in io.lines() do
  if line == "q" then
    break
  end
  for _ = 1, tonumber(line) or 1 do
    life.board = next_board(life.board)
    life.generation = life.generation + 1
  end
  show(life)
end
